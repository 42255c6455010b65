import type { ContentVersions } from './ContentVersions';
import { DesiredEntries } from './DesiredEntries';
import type { DesiredIndexOptions } from './DesiredIndex';
import { KeptFile } from './KeptFile';
import { LayoutEntries } from './layout/LayoutEntries';
import { KeptExamination } from './layout/KeptExamination';
import { LocatedVersions } from './layout/LocatedVersions';
import type { ReleaseEntries } from './ReleaseEntries';
import { TenantFileReader } from './TenantFileReader';
import { TenantFiles, type ParsedFile } from './TenantFiles';

/** The reader of our own layout, or of those that are configured, with what reads versions in their files. */
export function readerOf(options: DesiredIndexOptions): {
  entries: ReleaseEntries;
  versions: ContentVersions;
  /** Keeps for the next start what was read; absent where nothing is kept. */
  save?: () => Promise<void>;
} {
  const { api, gitops, service, layouts, logger, keptFile, source } = options;
  const of = source ? { repository: source.id } : {};
  if (layouts) {
    const versions = new LocatedVersions();
    const kept = keptFile
      ? new KeptExamination(keptFile, gitops, layouts.layouts, logger)
      : undefined;
    const entries = new LayoutEntries({
      api,
      gitops,
      layouts: layouts.layouts,
      findHelm: layouts.findHelm,
      ...(layouts.facts ? { facts: layouts.facts } : {}),
      ...of,
      versions,
      logger,
      ...(kept ? { kept } : {}),
    });
    return { entries, versions, ...(kept ? { save: () => kept.flush() } : {}) };
  }
  const { maxFileBytes } = gitops;
  const kept = keptFile
    ? new KeptFile<ParsedFile[]>({ file: keptFile, settings: { maxFileBytes }, logger })
    : undefined;
  const files = new TenantFiles(maxFileBytes, kept);
  const contents = new TenantFileReader(api, files, logger);
  return {
    entries: new DesiredEntries({ gitops, service, contents, ...of, logger }),
    versions: files,
    save: () => files.save(),
  };
}
