import { IsInt, Max, MaxLength, Min } from '#platform/validation';
import { SettingsPair } from '../pairs.js';
import { DurationMs, OneOf, Port, PositiveInteger, Ratio, Url } from '../rules.js';
import { Setting, Settings, SettingsRule } from '../settings.decorators.js';

/** Settings as a platform folder declares them: every type, every kind of rule. */
@SettingsPair({ variable: 'INTAKE_GREETING', partner: 'LEDGER_URL', otherwise: 'nobody writes down who was greeted' })
@Settings({ section: 'Parcel intake', description: 'How parcels are taken in.' })
export class IntakeSettings {
  @Setting('INTAKE_PORT', { description: 'Where parcels arrive.', default: 4100 })
  @Port()
  readonly port!: number;

  @Setting('INTAKE_SHELVES', { description: 'How many shelves there are.', default: 10 })
  @IsInt()
  @Min(1)
  @Max(500)
  readonly shelves!: number;

  @Setting('INTAKE_FILL_RATIO', { description: 'How full a shelf may be.', default: 0.8 })
  @Ratio()
  readonly fillRatio!: number;

  @Setting('INTAKE_NIGHT_SHIFT', { description: 'Whether it is open at night.', default: false, development: true })
  readonly nightShift!: boolean;

  @Setting('INTAKE_GREETING', { description: 'What the door says.' })
  @MaxLength(40)
  readonly greeting?: string;

  @Setting('INTAKE_SIZES', { description: 'Sizes that fit | through the door.', default: ['small', 'large'] })
  @OneOf(['small', 'medium', 'large'], { each: true })
  readonly sizes!: string[];
}

@SettingsRule<LedgerSettings>({
  variable: 'LEDGER_LOCK_TIMEOUT_MS',
  dependsOn: ['LEDGER_QUERY_TIMEOUT_MS'],
  rule: 'must be shorter than LEDGER_QUERY_TIMEOUT_MS',
  holds: (ledger) => ledger.lockTimeoutMs < ledger.queryTimeoutMs,
})
@SettingsRule<LedgerSettings>({
  variable: 'LEDGER_WRITERS',
  dependsOn: ['INTAKE_SHELVES'],
  rule: 'must not exceed INTAKE_SHELVES',
  holds: (ledger, get) => ledger.writers <= get(IntakeSettings).shelves,
})
@Settings({ section: 'Ledger', description: 'Where parcels are written down.' })
export class LedgerSettings {
  @Setting('LEDGER_URL', {
    description: 'Address of the ledger.',
    secret: true,
    requiredInProduction: true,
    example: 'ledger://clerk:word@localhost/ledger',
  })
  @Url({ protocols: ['ledger'] })
  readonly url?: string;

  @Setting('LEDGER_LOCK_TIMEOUT_MS', { description: 'How long a page may be held.', default: 1000 })
  @DurationMs({ min: 10, max: 60_000 })
  readonly lockTimeoutMs!: number;

  @Setting('LEDGER_QUERY_TIMEOUT_MS', { description: 'How long a search may take.', default: 3000 })
  @DurationMs({ min: 10, max: 60_000 })
  readonly queryTimeoutMs!: number;

  @Setting('LEDGER_WRITERS', { description: 'How many clerks write at once.', default: 4 })
  @PositiveInteger({ max: 64 })
  readonly writers!: number;
}
