import { z } from 'zod';

/** One query that Explore would open. */
export interface ExploreQuery {
  /** Data source: uid or name. */
  datasource?: string;
  /** PromQL or LogQL. */
  expression: string;
}

/** What an Explore URL asks for. */
export interface Explore {
  queries: ExploreQuery[];
  from?: string;
  to?: string;
}

const datasource = z
  .union([z.string(), z.object({ uid: z.string().optional(), type: z.string().optional() })])
  .optional();
const pane = z.object({
  datasource,
  queries: z
    .array(
      z.object({
        expr: z.string().optional(),
        query: z.string().optional(),
        datasource: datasource,
      }),
    )
    .default([]),
  range: z
    .object({ from: z.coerce.string().optional(), to: z.coerce.string().optional() })
    .optional(),
});
const panes = z.record(z.string(), pane);

/**
 * Reads the state of an Explore URL: `panes` (schema version 1, Grafana 10 and later) or `left` (before).
 * @throws Error when the state is not JSON of that form.
 */
export function parseExplore(query: URLSearchParams): Explore {
  const state = query.get('panes') ?? query.get('left');
  if (!state) return { queries: [] };
  let value: unknown;
  try {
    value = JSON.parse(state);
  } catch {
    throw new Error('the state in the address is not JSON');
  }
  const parsed = query.has('panes') ? panes.safeParse(value) : pane.safeParse(value);
  if (!parsed.success) throw new Error('the state in the address has another form than expected');
  const all = query.has('panes')
    ? Object.values(parsed.data as z.infer<typeof panes>)
    : [parsed.data as z.infer<typeof pane>];
  return {
    queries: all.flatMap(each =>
      each.queries.map(one => ({
        datasource: nameOf(one.datasource) ?? nameOf(each.datasource),
        expression: one.expr ?? one.query ?? '',
      })),
    ),
    from: all[0]?.range?.from,
    to: all[0]?.range?.to,
  };
}

function nameOf(source: z.infer<typeof datasource>): string | undefined {
  return typeof source === 'string' ? source : source?.uid ?? source?.type;
}
