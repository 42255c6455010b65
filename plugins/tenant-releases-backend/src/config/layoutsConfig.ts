import {
  LayoutError,
  parseLayouts,
  type Layout,
  GitopsConfigError,
  type GitopsConfig,
  type GitopsEntry,
} from '@internal/gitops';
import { parseSelector, requireNames, SelectorError } from '../running/labelSelector';

/**
 * Reads the `layouts` of a repository; undefined where there is none, and the repository has our own layout.
 *
 * @throws GitopsConfigError that names the setting and the cure
 */
export function readLayoutsConfig({
  gitops: { key: root },
  settings,
}: GitopsEntry): Layout[] | undefined {
  const layouts = settings.getOptional(`${root}.layouts`);
  if (layouts === undefined) return undefined;
  if (settings.getOptional(`${root}.valuesPath`) !== undefined) {
    throw new GitopsConfigError(
      `${root}.valuesPath`,
      'stands beside layouts, which say where files are; leave it out',
    );
  }
  if (settings.getOptional(`${root}.reader`) === 'api') {
    throw new GitopsConfigError(
      `${root}.reader`,
      'is api, but layouts are read by Git; set it to mirror, or leave it out',
    );
  }
  try {
    const parsed = parseLayouts({ layouts });
    parsed.forEach((layout, index) => requireSelectors(layout, `${root}.layouts[${index}]`));
    return parsed;
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    const [, key = 'layouts', problem] = /^(layouts[^:\s]*): (.*)$/s.exec(error.message) ?? [];
    throw new GitopsConfigError(
      `${root}.${key}`,
      `is wrong: ${problem ?? error.message}; "gitops init" proposes layouts that can be pasted`,
    );
  }
}

/** What finds the Application cannot name it. */
const applicationNames = ['tenant', 'service', 'environment', 'cluster'] as const;

function requireSelectors({ settings: { pods, applications } }: Layout, key: string): void {
  const require = (name: string, read: () => unknown) => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SelectorError)) throw error;
      throw new GitopsConfigError(`${key}.${name}`, error.message);
    }
  };
  const { name, labelSelector } = applications ?? {};
  if (pods) require('pods.labelSelector', () => parseSelector(pods.labelSelector));
  if (name) require('applications.name', () => requireNames(name, applicationNames));
  if (labelSelector) {
    require('applications.labelSelector', () => parseSelector(labelSelector, applicationNames));
  }
}

/** A repository in which no path is that of one of our tenant files. */
export function withoutTenantFiles(gitops: GitopsConfig): GitopsConfig {
  return {
    ...gitops,
    valuesFolder: '',
    matchTenantFile: () => undefined,
    mayHoldTenantFiles: () => true,
  };
}
