/** One character changed in each part, and where a value can be read, another value. */
export function forgeries(cursor: string): string[] {
  const flipped = (at: number): string => {
    const by = cursor[at] === 'A' ? 'B' : 'A';
    return cursor.slice(0, at) + by + cursor.slice(at + 1);
  };
  const [payload = '', ...seal] = cursor.split('.');
  const text = Buffer.from(payload, 'base64url').toString();
  const other = text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
  const revalued = [Buffer.from(other).toString('base64url'), ...seal].join('.');
  const unsealed = seal.length > 0 ? [payload] : [];
  return [flipped(2), flipped(cursor.length - 3), ...(other === text ? [] : [revalued]), ...unsealed];
}
