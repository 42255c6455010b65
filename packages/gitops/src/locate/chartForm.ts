import { EditError } from './EditError';
import type { VersionForm } from './version';

/** SemVer, with the "v" that many charts have; https://helm.sh/docs/topics/charts/#charts-and-versioning */
const exact = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** The version of a chart: of a dependency in Chart.yaml, or `targetRevision` of a source with a chart. A range is no version. */
export const chartForm: VersionForm = {
  read: text => (exact.test(text) ? { version: text } : undefined),
  write(_, { version, digest }) {
    if (digest !== undefined || !exact.test(version)) {
      throw new EditError(`a chart has versions such as 1.2.3, and ${version} is none`);
    }
    return version;
  },
};
