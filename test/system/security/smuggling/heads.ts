import { carrier, HEAD, refused, SMUGGLED, understood, type Attack } from './attack.js';

const line = (what: string, ...lines: string[]): Attack =>
  refused(what, carrier([...lines, 'content-length: 2'], `{}${SMUGGLED}`));

/** Header lines that no reader should guess at: what is taken for one line, or for two, decides where a body begins. */
export const headerLines: readonly Attack[] = [
  line('a NUL in a name', 'x-\x00a: a'),
  line('a NUL in a value', 'x-a: a\x00'),
  line('a space in a name', 'x a: a'),
  line('a space before the colon', 'x-a : a'),
  line('a colon without a name', ': a'),
  line('a line without a colon', 'x-a'),
  line('a name with a bracket', 'x(a): a'),
  line('a name that is not ASCII', 'x-\u00e4: a'),
  line('a folded line', 'x-a: a', ' b'),
  line('a folded length', 'content-length:', ' 2'),
  line('a carriage return in a value', 'x-a: a\rb'),
  line('a line feed in a value', 'x-a: a\nx-b: b'),
  line('a line that ends in a line feed', 'x-a: a\n'),
  line('a line that ends in two carriage returns', 'x-a: a\r'),
  line('a delete in a value', 'x-a: a\x7f'),
  refused('a space before the first header', `POST /v1/products HTTP/1.1\r\n host: store.test\r\n\r\n${SMUGGLED}`),
  refused('lines that end in line feeds', `${HEAD}content-length: 2\r\n\r\n{}${SMUGGLED}`.replaceAll('\r\n', '\n')),
  refused(
    'lines that end in carriage returns',
    `${HEAD}content-length: 2\r\n\r\n{}${SMUGGLED}`.replaceAll('\r\n', '\r'),
  ),
  refused('a head that ends in a line feed', `${HEAD}content-length: 2\r\n\n{}${SMUGGLED}`),
];

/** Names that some gateways take for the ones with a hyphen: here they frame nothing, and what follows is no request. */
export const underscores: readonly Attack[] = [
  understood('a length in a name with an underscore', carrier(['content_length: 2'], `{}${SMUGGLED}`)),
  understood(
    'a coding in a name with an underscore',
    carrier(['transfer_encoding: chunked'], `2\r\n{}\r\n0\r\n\r\n${SMUGGLED}`),
  ),
];
