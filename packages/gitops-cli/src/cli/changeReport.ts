import { ChangeRefusal, shorten, type ChangePlan } from '@internal/gitops';
import type { ChangeAnswer, LeftOutTenant } from '@internal/plugin-tenant-releases-common';
import type { Context, OutputFormat } from './context';

/** Writes what a change came to; as JSON it is what `POST /changes` answers. */
export function printChange(
  { write }: Context,
  output: OutputFormat,
  plan: ChangePlan,
  answer: ChangeAnswer,
  dryRun: boolean,
): void {
  if (output === 'json') {
    write(`${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  const lines = [
    ...plan.parts.flatMap(({ edits }) =>
      edits.map(({ path, tenants, from, to }) => {
        const whom = tenants.length === 1 ? tenants[0].name : `${tenants.length} tenants`;
        const what = [from, to].filter(one => one !== undefined).join(' -> ');
        return `changed ${whom}: ${what} (${path})`;
      }),
    ),
    ...plan.leftOut.map(leftOutLine),
    ...(answer.pullRequests ?? []).map(({ number, url }) => `pull request #${number} ${url}`),
    `${plan.request.kind}: ${countOf(plan.tenants.length)}, ${plan.leftOut.length} left out.${
      dryRun ? ' Nothing was written.' : ''
    }`,
  ];
  write(`${lines.map(line => shorten(line, 600)).join('\n')}\n`);
}

/** Writes why a change is refused; as JSON it is Backstage's error format, with the code in `error`. */
export function printRefusal({ write, warn }: Context, output: OutputFormat, error: Error): void {
  const { name, message } = error;
  const isRefusal = error instanceof ChangeRefusal;
  if (output === 'json') {
    const code = isRefusal ? { code: error.code, leftOut: error.leftOut } : {};
    write(`${JSON.stringify({ error: { name, message, ...code } }, undefined, 2)}\n`);
    return;
  }
  if (isRefusal) {
    for (const one of error.leftOut) write(`${shorten(leftOutLine(one), 600)}\n`);
  }
  warn(`gitops: ${shorten(message, 600)}`);
}

function leftOutLine({ tenant, code, text }: LeftOutTenant): string {
  return `left out ${tenant}: ${text} (${code})`;
}

function countOf(tenants: number): string {
  return tenants === 1 ? '1 tenant' : `${tenants} tenants`;
}
