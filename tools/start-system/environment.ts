import { isOurs, addressIn, networksOf, type ComposeFile } from '../compose/compose-file.ts';
import { interpolate } from '../compose/interpolate.ts';
import type { Places } from './places.ts';
import { HERE } from './programs.ts';
import { programPath } from './programs.ts';
import { type Container, translate } from './translation.ts';

export interface Surroundings {
  readonly composeFile: ComposeFile;
  readonly places: Places;
  /** Of whoever composes: what `${…}` in the file stands for. */
  readonly variables: Readonly<NodeJS.Dict<string>>;
}

/** The environment of a container, in words of this machine. Nothing of our own goes in but where programs are. */
export function environmentOf(
  container: Container,
  { composeFile, places, variables }: Surroundings,
): NodeJS.ProcessEnv {
  const own = Object.entries(container.service.environment ?? {}).map(([name, value]): [string, string] => {
    const here = translate(withoutAddresses(value, composeFile), container, places);
    return [name, interpolate(here, variables)];
  });
  const listeners = isOurs(container.service) ? listening(container, places) : {};
  return { PATH: programPath(), ...Object.fromEntries(own), ...listeners };
}

/** The addresses that containers have for themselves in their networks: here all have one. */
const withoutAddresses = (value: string, { services }: ComposeFile): string =>
  Object.values(services)
    .flatMap((service) => networksOf(service).map((network) => addressIn(network, service)))
    .reduce<string>((text, address) => (address === null ? text : text.replaceAll(address, HERE)), value);

function listening({ name }: Container, places: Places): NodeJS.ProcessEnv {
  const [port, managementPort] = [places.at(name, 3000), places.at(name, 9090)];
  return {
    BIND_ADDRESS: HERE,
    MANAGEMENT_BIND_ADDRESS: HERE,
    ...(port !== null && { PORT: String(port) }),
    ...(managementPort !== null && { MANAGEMENT_PORT: String(managementPort) }),
    // The balancer ends first, so that nobody is left to drain for.
    DRAIN_DELAY_MS: '0',
  };
}
