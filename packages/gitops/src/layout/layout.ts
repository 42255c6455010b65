import type { z } from 'zod';
import { globExpression } from './glob';
import { LayoutError } from './LayoutError';
import { layoutsSchema, type LayoutSettings } from './layoutSchema';
import { parsePattern, type Names, type PathPattern } from './pathPattern';
import { presets } from './presets';

/** A layout that is ready to be used. */
export interface Layout {
  settings: LayoutSettings;
  path?: PathPattern;
  application?: PathPattern;
  /** Names that are the same for all that it matches. */
  fixed: Names;
  isExcluded(path: string): boolean;
}

/**
 * Reads `layouts: [...]`.
 *
 * @throws LayoutError that names the first setting that is wrong and the cure
 */
export function parseLayouts(value: unknown): Layout[] {
  const parsed = layoutsSchema.safeParse(value);
  if (!parsed.success) throw new LayoutError(describe(parsed.error.issues[0]));
  return parsed.data.layouts.map((settings, index) => readLayout(settings, `layouts[${index}]`));
}

/** The layout of a repository that nothing is configured for. */
export const ownLayout: LayoutSettings = { preset: 'tenant-values' };

function readLayout(given: LayoutSettings, key: string): Layout {
  const preset = given.preset === undefined ? {} : presets[given.preset];
  const settings = { ...structuredClone(preset), ...given } as LayoutSettings;
  const path = settings.path === undefined ? undefined : parsePattern(`${key}.path`, settings.path);
  const application =
    settings.application === undefined
      ? undefined
      : parsePattern(`${key}.application`, settings.application);
  if (!path && !application) {
    throw new LayoutError(
      `${key}: needs path or application, or a preset: ${Object.keys(presets).join(', ')}`,
    );
  }
  const isGlob = (text: string) => /[*?{[]/.test(text);
  const plain = new Set(settings.exclude?.filter(text => !isGlob(text)));
  const excluded = (settings.exclude ?? []).filter(isGlob).map(globExpression);
  const { tenant, service, environment, cluster } = settings;
  const fixed = Object.fromEntries(
    Object.entries({ tenant, service, environment, cluster }).filter(
      ([, text]) => text !== undefined,
    ),
  );
  const layout = {
    settings,
    ...(path ? { path } : {}),
    ...(application ? { application } : {}),
    fixed,
    isExcluded: (one: string) =>
      plain.has(one) || excluded.some(expression => expression.test(one)),
  };
  requireDistinct(layout, key);
  return layout;
}

/** Refuses patterns that match many places and say the same of all. */
function requireDistinct({ path, application, fixed }: Layout, key: string): void {
  const names = [...(path?.names ?? []), ...(application?.names ?? []), ...Object.keys(fixed)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new LayoutError(
      `${key}: says {${twice}} twice; leave it to the path, the application or ${twice}:`,
    );
  }
  const isMany = [path, application].some(one => one !== undefined && /[*{]/.test(one.text));
  if (
    isMany &&
    !names.some(
      name =>
        name === 'tenant' || name === 'environment' || name === 'service' || name === 'cluster',
    )
  ) {
    throw new LayoutError(
      `${key}.path: cannot tell tenants apart: write {tenant}, or {environment}, in the place of the "*" that names it`,
    );
  }
}

function describe(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'layouts: must be a list';
  const place = issue.path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
  return `${place || 'layouts'}: ${issue.message}`;
}
