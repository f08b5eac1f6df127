import { rate, type Row } from '../dashboard.ts';

export const row: Row = {
  title: 'Recommendations',
  panels: [
    {
      title: 'Product pages by source',
      description: 'Where their recommendations came from: live, then stale, then popular, then none.',
      unit: 'ops',
      queries: [[`sum by (source) (${rate('product_recommendations_total')})`, '{{source}}']],
      width: 12,
    },
    {
      title: 'Degraded pages',
      description: 'Share of product pages with less than they should have.',
      unit: 'percentunit',
      queries: [
        [
          `sum by (job) (${rate('degraded_responses_total', 'feature="recommendations"')}) / sum by (job) (${rate('product_recommendations_total')})`,
          '{{job}}',
        ],
      ],
      width: 12,
      alerts: ['DegradedAnswers'],
    },
  ],
};
