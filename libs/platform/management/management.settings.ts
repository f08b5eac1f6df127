import { BindAddress, Port, Setting, Settings, SettingsRule } from '#platform/config';
import { HttpSettings } from '#platform/http';

@SettingsRule<ManagementSettings>({
  variable: 'MANAGEMENT_PORT',
  dependsOn: ['PORT'],
  rule: 'must not be the same as PORT, unless both are 0',
  holds: ({ port }, get) => port === 0 || port !== get(HttpSettings).port,
})
@Settings({ section: 'Management', description: 'The port for probes, metrics and operators. Never expose it.' })
export class ManagementSettings {
  @Setting('MANAGEMENT_PORT', { description: 'Port of health, metrics and info. 0 takes a free one.', default: 9090 })
  @Port()
  readonly port!: number;

  @Setting('MANAGEMENT_BIND_ADDRESS', {
    description:
      'Address that the management port binds to: this machine alone, unless a network is named that probes and scrapers ' +
      'reach, and clients do not (the image takes 0.0.0.0: a container has a network of its own). What says that it came ' +
      'through a proxy is refused there.',
    default: '127.0.0.1',
  })
  @BindAddress()
  readonly host!: string;

  @Setting('MANAGEMENT_HOST_NAMES', {
    description:
      'Names by which the management port may be asked, beside addresses, names without a dot and those under ' +
      '.localhost, .local, .internal and .svc. A page of another site could else have its own name point here, and read it.',
    type: 'list',
    default: [],
    example: 'store.ops.example.com',
  })
  readonly hostNames!: readonly string[];

  @Setting('SERVICE_COMMIT', {
    description: 'The commit that was built, for /info. The image sets it.',
    default: 'unknown',
  })
  readonly commit!: string;
}
