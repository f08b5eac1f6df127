/** Whether what the consumers here take is told by another service: then only a broker can bring it. */
export class BrokerExpectation {
  constructor(readonly isExpected: boolean) {}
}
