import type { Row } from '../parts/dashboard';
import { chart, logLines } from '../parts/panels';
import { ofLogs } from './selectors';

/** What the pods say. */
export const logsRow: Row = {
  title: 'Logs',
  panels: [
    chart({
      title: 'Lines by level',
      description: 'Log lines a second. Lines that are not JSON have no level.',
      unit: 'short',
      source: 'logs',
      stacked: true,
      width: 24,
      height: 6,
      queries: [
        {
          expression: `sum by (level) (rate({${ofLogs}} | json [$__auto]))`,
          legend: '{{level}}',
        },
      ],
    }),
    logLines({
      title: 'Errors',
      description: 'Lines of level error. What failed stands in the message.',
      query: { expression: `{${ofLogs}} | json | level=~"error|fatal"` },
    }),
    logLines({
      title: 'All lines',
      description: 'Everything that the pods print, of all versions.',
      query: { expression: `{${ofLogs}}` },
    }),
  ],
};
