import type { ContentVersions } from './ContentVersions';
import { DesiredEntries } from './DesiredEntries';
import type { DesiredIndexOptions } from './DesiredIndex';
import { LayoutEntries } from './layout/LayoutEntries';
import { LocatedVersions } from './layout/LocatedVersions';
import { ParsedFiles } from './ParsedFiles';
import type { ReleaseEntries } from './ReleaseEntries';
import { TenantFileReader } from './TenantFileReader';
import { TenantFiles } from './TenantFiles';

/** The reader of our own layout, or of those that are configured, with what reads versions in their files. */
export function readerOf(options: DesiredIndexOptions): {
  entries: ReleaseEntries;
  versions: ContentVersions;
  /** Keeps for the next start what was read; absent where nothing is kept. */
  save?: () => Promise<void>;
} {
  const { api, gitops, service, layouts, logger, parsedFile } = options;
  if (layouts) {
    const versions = new LocatedVersions();
    return { entries: new LayoutEntries({ api, gitops, ...layouts, versions, logger }), versions };
  }
  const { maxFileBytes } = gitops;
  const kept = parsedFile
    ? new ParsedFiles({ file: parsedFile, settings: { maxFileBytes }, logger })
    : undefined;
  const files = new TenantFiles(maxFileBytes, kept);
  const contents = new TenantFileReader(api, files, logger);
  return {
    entries: new DesiredEntries({ gitops, service, contents, logger }),
    versions: files,
    save: () => files.save(),
  };
}
