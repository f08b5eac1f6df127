/** sysexits.h: the command was used wrongly; nothing is wrong with the service. */
const EXIT_USAGE = 64;

/** The operator asked for what can't be done; the message is for him, and says what can. */
export class OperatorRefusal extends Error {
  override readonly name = 'OperatorRefusal';
  readonly exitCode = EXIT_USAGE;
}
