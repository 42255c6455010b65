/** A tenant whose file a bump changes. */
export interface Bump {
  tenant: string;
  /** Path of its file. */
  path: string;
  from: string;
  to: string;
}

/** A tenant that a bump leaves alone, and why. */
export interface Skipped {
  tenant: string;
  reason: string;
}

/** What a bump brings. */
export interface BumpSubject {
  version: string;
  /** Commit of acme/demo-api. */
  commit: string;
  author: string;
  /** Subject of that commit. */
  message: string;
}

/** Title of a bump's pull request. A single tenant is named. */
export function bumpTitle(version: string, bumps: Bump[]): string {
  const only = bumps.length === 1 ? ` for ${bumps[0].tenant}` : '';
  return `Bump demo-api to ${version}${only}`;
}

/** Body of a bump's pull request, in Markdown. */
export function bumpBody(subject: BumpSubject, bumps: Bump[], skipped: Skipped[] = []): string {
  const lines = [
    `\`${subject.version}\` is commit ${subject.commit} of acme/demo-api by ${subject.author}:`,
    '',
    `> ${subject.message}`,
    '',
    '| tenant | from | to |',
    '| --- | --- | --- |',
    ...bumps.map(({ tenant, from, to }) => `| ${tenant} | \`${from}\` | \`${to}\` |`),
  ];
  if (skipped.length > 0) {
    lines.push('', 'Left alone:', ...skipped.map(({ tenant, reason }) => `- ${tenant}: ${reason}`));
  }
  return lines.join('\n');
}
