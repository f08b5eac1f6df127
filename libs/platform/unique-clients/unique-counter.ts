/**
 * 2^14 registers, as Redis has them: 16 KiB, and a standard error of 1.04/√16384 = 0.8% (Flajolet et al., 2007), so that
 * 2% is more than two of them.
 */
const REGISTER_BITS = 14;
const REGISTERS = 1 << REGISTER_BITS;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

/**
 * Counts distinct texts in bounded memory (HyperLogLog): a set of client addresses would be a leak that
 * an attacker can fill.
 */
export class UniqueCounter {
  private readonly registers = new Uint8Array(REGISTERS);

  add(text: string): void {
    const hash = hash32(text);
    const register = hash >>> (32 - REGISTER_BITS);
    const rank = Math.min(Math.clz32(hash << REGISTER_BITS), 32 - REGISTER_BITS) + 1;
    if (rank > (this.registers[register] ?? 0)) this.registers[register] = rank;
  }

  /** How many distinct texts were added, to about 2%. */
  estimate(): number {
    let sum = 0;
    let empty = 0;
    for (const rank of this.registers) {
      sum += 2 ** -rank;
      if (rank === 0) empty += 1;
    }
    const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
    const linear = raw <= 2.5 * REGISTERS && empty > 0;
    return Math.round(linear ? REGISTERS * Math.log(REGISTERS / empty) : raw);
  }

  /** Takes over what the other has seen. */
  merge(other: UniqueCounter): void {
    for (let index = 0; index < REGISTERS; index += 1) {
      const rank = other.registers[index] ?? 0;
      if (rank > (this.registers[index] ?? 0)) this.registers[index] = rank;
    }
  }
}

/** FNV-1a, then MurmurHash3's finalizer, which spreads short similar texts over all bits. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
