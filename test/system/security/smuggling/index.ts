import type { Attack } from './attack.js';
import { chunkLines, chunkSizes } from './chunks.js';
import { codings } from './codings.js';
import { headerLines } from './heads.js';
import { lengthAndChunks, lengths } from './lengths.js';
import { protocols } from './protocols.js';

export { plainRequests } from './plain-requests.js';
export { underscores } from './heads.js';

/** Every attack on the framing, by what it plays with. */
export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  'a Content-Length that is doubtful': lengths,
  'a length and chunks at once': lengthAndChunks,
  'a Transfer-Encoding that is doubtful': codings,
  'a chunk size that is doubtful': chunkSizes,
  'a line of a chunk that is doubtful': chunkLines,
  'a header line that is doubtful': headerLines,
  'another protocol': protocols,
};
