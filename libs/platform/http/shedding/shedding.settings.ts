import { DurationMs, OneOf, Ratio, Setting, Settings, WholeNumber } from '#platform/config';

@Settings({
  section: 'Load shedding',
  description: 'When a replica refuses requests at once, to answer the others in time.',
})
export class SheddingSettings {
  @Setting('SHED_IN_FLIGHT_MAX', {
    description:
      'Most requests that are worked on at a time; beyond it 503. As many as are answered within their deadline when ' +
      'the slowest dependency is at its limit.',
    default: 200,
  })
  @WholeNumber({ min: 1, max: 100_000 })
  readonly inFlightMax!: number;

  @Setting('SHED_RECEIVING_MAX', {
    description:
      'Most requests whose body may be on its way at a time; beyond it further writes are 503. They cost memory only, ' +
      'each up to HTTP_BODY_LIMIT_BYTES.',
    default: 500,
  })
  @WholeNumber({ min: 1, max: 100_000 })
  readonly receivingMax!: number;

  @Setting('SHED_FIRST', {
    description:
      'Which requests are refused at 80% of SHED_IN_FLIGHT_MAX already, so that the others survive longer: writes ' +
      '(a shop window that stays lit) or reads (orders that come through).',
    default: 'writes',
  })
  @OneOf(['writes', 'reads'])
  readonly first!: string;

  @Setting('SHED_EVENT_LOOP_DELAY_MS', {
    description:
      'Median delay of the event loop, in two quarters of a second running, from which on fewer are let in: half as many ' +
      'each further quarter, none at last, and more again once it is in time.',
    default: 200,
  })
  @DurationMs({ min: 20, max: 10_000 })
  readonly eventLoopDelayMs!: number;

  @Setting('SHED_HEAP_RATIO_MAX', {
    description: 'Share of the heap limit (--max-old-space-size) in use from which on everything is refused.',
    default: 0.9,
  })
  @Ratio({ min: 0.1, max: 1 })
  readonly heapRatioMax!: number;
}
