const REQUEST_LINE = Buffer.from('"msg":"request"');

/** Counts the lines of answered requests in a log as it comes, without reading more of it than that. */
export class RequestLines {
  count = 0;
  #tail: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    const all = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
    let end = 0;
    for (let at = all.indexOf(REQUEST_LINE); at >= 0; at = all.indexOf(REQUEST_LINE, end)) {
      this.count += 1;
      end = at + REQUEST_LINE.length;
    }
    // What may be the beginning of one; whoever was counted is not in it.
    this.#tail = all.subarray(Math.max(end, all.length - REQUEST_LINE.length + 1));
  }
}
