/** So much before Jest's bound whatever a test has started is ended: what it said is told then, and Jest's bound would hide it. */
export const TELLING_MS = 15_000;
