import { logLevels } from '@internal/plugin-tenant-releases-common';
import { shortVersion } from '../../domain/version';
import { FilterSelect, useFieldStyles } from '../common/FilterSelect';
import { SearchField } from '../common/SearchField';

/** What narrows the log lines. */
export function LogControls(props: {
  level: string;
  onLevel: (level: string) => void;
  version: string;
  versions: string[];
  onVersion: (version: string) => void;
  text: string;
  onText: (text: string) => void;
  live: boolean;
  onLive: (live: boolean) => void;
}) {
  const classes = useFieldStyles();
  return (
    <>
      <FilterSelect
        label="Level"
        all="all"
        value={props.level}
        options={logLevels.map(level => ({ value: level, label: level }))}
        onChange={props.onLevel}
      />
      <FilterSelect
        label="Version"
        all="all"
        value={props.version}
        options={props.versions.map(value => ({ value, label: shortVersion(value) }))}
        onChange={props.onVersion}
      />
      <SearchField label="Search logs" value={props.text} delay={350} onChange={props.onText} />
      <label className={classes.label}>
        <input
          type="checkbox"
          checked={props.live}
          onChange={event => props.onLive(event.target.checked)}
        />
        Live, every 5 s
      </label>
    </>
  );
}
