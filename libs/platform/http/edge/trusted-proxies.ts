import { BlockList, isIPv4 } from 'node:net';

/** The proxies in front of us whose word on a client we take: its address, and how long it still waits. */
export class TrustedProxies {
  private readonly list = new BlockList();

  /** @param ranges addresses and CIDR ranges, valid ones */
  constructor(private readonly ranges: readonly string[]) {
    for (const range of ranges) {
      const [address = '', prefix] = range.split('/');
      const family = isIPv4(address) ? 'ipv4' : 'ipv6';
      if (prefix === undefined) this.list.addAddress(address, family);
      else this.list.addSubnet(address, Number(prefix), family);
    }
  }

  /** Whether there is any: without, nobody's word is taken, and nothing has to be looked up. */
  get any(): boolean {
    return this.ranges.length > 0;
  }

  trusts(address: string | undefined): boolean {
    if (!this.any || !address) return false;
    const mapped = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
    return this.list.check(mapped, isIPv4(mapped) ? 'ipv4' : 'ipv6');
  }
}
