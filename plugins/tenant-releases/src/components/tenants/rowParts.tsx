import type { SourceStatus } from '@internal/plugin-tenant-releases-common';
import { RiTimeLine } from '@remixicon/react';
import { memo, useEffect, useState } from 'react';
import { serverNow } from '../../api/serverClock';
import { concernLabel } from '../../domain/concernWords';
import type { FleetRow } from '../../domain/fleet';
import { formatCount } from '../../domain/formatCount';
import { asSentence, reasonsToTell } from '../../domain/reasons';
import { sourceNote, staleNote, troubledSource } from '../../domain/sourceNote';
import { marksOf } from '../../domain/rowMarks';
import { shortVersion } from '../../domain/version';
import { markAppearance } from '../../theme/markAppearance';
import { stateAppearance } from '../../theme/stateAppearance';
import { copyText } from '../common/copyText';
import { VersionGlyph } from '../common/VersionMark';
import type { FleetClasses } from './useFleetStyles';
import { underPointer } from '../common/underPointer';

/** What a row is drawn with; the same object for all rows. */
export interface RowLook {
  classes: FleetClasses;
  /** The theme that is on. */
  mode: 'light' | 'dark';
}

/** Why a row may not show how things are now; `undefined` while all its sources are ok. */
export function staleText(
  row: FleetRow,
  sources: readonly SourceStatus[],
  now = serverNow(),
): string | undefined {
  if (row.staleSeconds === undefined) return undefined;
  const source = (['git', 'argocd', 'kubernetes'] as const)
    .map(kind => troubledSource(sources, kind, row))
    .find(Boolean);
  return sourceNote(source, now) ?? staleNote(row, now);
}

/** A version with its mark: in full on hover, copied by a click. */
export const RowVersion = memo(
  ({ version, look, tabIndex }: { version: string; look: RowLook; tabIndex: number }) => {
    const [copied, setCopied] = useState<boolean>();
    useEffect(() => {
      if (copied === undefined) return undefined;
      const timer = setTimeout(() => setCopied(undefined), 1_500);
      return () => clearTimeout(timer);
    }, [copied]);
    const label = `${version}, copy`;
    return (
      <button
        type="button"
        className={look.classes.version}
        {...underPointer(label)}
        aria-label={label}
        tabIndex={tabIndex}
        onClick={async () => setCopied(await copyText(version))}
      >
        <VersionGlyph version={version} mode={look.mode} />
        {copied === undefined && shortVersion(version)}
        {copied !== undefined && <span role="status">{copied ? 'copied' : 'not copied'}</span>}
      </button>
    );
  },
);

/** The state's word, and the marks of what it does not say. What a state means is on its chip above the rows. */
export function RowState({ row, look }: { row: FleetRow; look: RowLook }) {
  const { icon: Icon, label, ...colours } = stateAppearance[row.state];
  const { classes, mode } = look;
  return (
    <>
      <span className={classes.state} style={{ color: colours[mode] }}>
        <Icon size={16} aria-hidden />
        <span>{label}</span>
      </span>
      {marksOf(row).map(mark => {
        const { icon: MarkIcon, colours: markColours } = markAppearance[mark];
        return (
          <span key={mark} className={classes.state} style={{ color: markColours[mode] }}>
            <MarkIcon size={16} aria-hidden />
            <span>{concernLabel(mark)}</span>
          </span>
        );
      })}
    </>
  );
}

/** Why it is in that state, and how old that is: both, whatever else there is to say. */
export function RowReasons(props: { row: FleetRow; stale?: string; look: RowLook }) {
  const { row, stale, look } = props;
  const { classes } = look;
  const { texts, more } = reasonsToTell(row);
  return (
    <>
      {texts.map(text => (
        <span key={text} className={classes.reason}>
          {asSentence(text)}{' '}
        </span>
      ))}
      {more > 0 && (
        <span className={classes.secondary}>
          {formatCount(more)} more {more === 1 ? 'reason' : 'reasons'}.{' '}
        </span>
      )}
      {stale && (
        <span className={classes.stale}>
          <RiTimeLine size={14} aria-hidden />
          {stale}
        </span>
      )}
    </>
  );
}
