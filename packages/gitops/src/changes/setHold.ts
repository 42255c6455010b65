import { type Hold } from '@internal/plugin-tenant-releases-common';
import { isMap, isNode, isScalar, type Pair, type YAMLMap } from 'yaml';
import { EditError } from '../locate/EditError';
import { documentOf, endOfLines, says, valuesOf } from './lines';
import { inQuotes, quoted } from './quoted';

/**
 * Adds `tenant.hold` to the text of a tenant file, or replaces it: the lines of the hold, and nothing else of it.
 *
 * @throws EditError when the block `tenant:` is not written line by line
 */
export function setHold(text: string, hold: Required<Hold>): string {
  const { version, reason, by, since } = hold;
  // One that is there gives its place to the new one.
  const there = tenantBlock(text);
  const former = holdOf(there.block);
  const without = former ? releaseHold(text) : text;
  const { values, block } = former ? tenantBlock(without) : there;
  const [first] = block.items;
  const last = block.items[block.items.length - 1];
  const indent = ' '.repeat(columnOf(without, startOf(first)));
  const end = /\r\n/.test(without) ? '\r\n' : '\n';
  const at = former ? startOf(former) - columnOf(text, startOf(former)) : endOfLines(without, last);
  const lines = [
    'hold:',
    `  version: ${quoted(version)}`,
    `  reason: ${inQuotes(reason)}`,
    `  by: ${inQuotes(by)}`,
    `  since: ${inQuotes(since)}`,
  ].map(line => `${indent}${line}${end}`);
  const before = without.slice(0, at);
  const gap = before === '' || before.endsWith('\n') ? '' : end;
  const changed = `${before}${gap}${lines.join('')}${without.slice(at)}`;
  return proved(changed, values, {
    ...values.tenant,
    hold: { version, reason, by, since },
  });
}

/**
 * Removes `tenant.hold` from the text of a tenant file, and nothing else of it; the same text when there is none.
 *
 * @throws EditError as {@link setHold}
 */
export function releaseHold(text: string): string {
  const { values, block } = tenantBlock(text);
  const pair = holdOf(block);
  if (!pair) return text;
  const start = startOf(pair);
  const from = start - columnOf(text, start);
  const changed = `${text.slice(0, from)}${text.slice(endOfLines(text, pair))}`;
  const { hold: _, ...tenant } = values.tenant;
  return proved(changed, values, tenant);
}

function holdOf(block: YAMLMap): Pair | undefined {
  return block.items.find(({ key }) => isScalar(key) && key.value === 'hold');
}

type Values = Record<string, unknown> & { tenant: Record<string, unknown> };

function tenantBlock(text: string): { values: Values; block: YAMLMap } {
  const values = valuesOf(text);
  const block: unknown = values && documentOf(text)?.get('tenant', true);
  if (!isMap(block) || block.flow || block.items.length === 0) {
    throw new EditError('its block tenant: is not written line by line');
  }
  return { values: values as Values, block };
}

function startOf({ key }: Pair): number {
  return (isNode(key) && key.range?.[0]) || 0;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Makes sure that the file says the same as before but for the hold. */
function proved(text: string, values: Values, tenant: Record<string, unknown>): string {
  const isSame = says(text, { ...values, tenant });
  if (!isSame) throw new EditError('its hold cannot be changed without changing something else');
  return text;
}
