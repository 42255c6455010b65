import type {
  DesiredVersion,
  Release,
  ReleaseReason,
} from '@internal/plugin-tenant-releases-common';
import { mergerText, writerText } from '../../domain/authorText';
import { personName } from '../../domain/personName';
import { formatDuration, formatExact, secondsBetween } from '../../domain/time';
import { mergedAt, stateSince } from '../../domain/stateSince';
import { Hint } from '../common/Hint';
import { MendAnchor } from '../common/MendAnchor';
import { PullRequestLink } from '../common/PullRequestLink';
import { ElapsedTime, RelativeTime } from '../common/RelativeTime';
import { StateLabel } from '../common/StateLabel';
import { VersionLabel } from '../common/VersionLabel';
import { VersionSource } from '../common/VersionSource';
import { StripPart } from './StripPart';

interface PartProps {
  release: Release;
  stale?: string;
}

/** ` (27 s later)`: how long a step took; empty when it is not known or the clocks say it ended before it began. */
function took(from?: string, to?: string): string {
  const seconds = secondsBetween(from, to);
  return seconds === undefined || seconds < 0 ? '' : ` (${formatDuration(seconds)} later)`;
}

/** `sha256:` and as much as tells two apart; the whole of it is its hint. */
const shownDigest = 'sha256:'.length + 7;

/** What Git wants. */
export function DesiredPart({ release: { desired }, stale }: PartProps) {
  return (
    <StripPart
      title="Git wants"
      testId="version-desired"
      main={
        desired ? (
          <>
            <VersionLabel version={desired.version} />
            {desired.digest && (
              <Hint text={desired.digest}>
                <code> @{desired.digest.slice(0, shownDigest)}</code>
              </Hint>
            )}
          </>
        ) : (
          'no version'
        )
      }
      detail={desired && <ChangeDetail change={desired} />}
      stale={stale}
    />
  );
}

/** What the version is, and who merged it when. Who merged is said only where that is known. */
function ChangeDetail({ change }: { change: DesiredVersion }) {
  const { commit, pullRequest, source } = change;
  const writer = writerText(change);
  const merger = mergerText(change);
  const when = <RelativeTime time={mergedAt(change)} unknown="Git does not say when" />;
  return (
    <>
      {source && (
        <div>
          <VersionSource source={source} />
        </div>
      )}
      {!writer && 'its commit has not been read yet'}
      {writer && pullRequest && (
        <>
          merged {when} {merger && <>by {merger} </>}in <PullRequestLink {...pullRequest} />
          {merger !== writer && `, written by ${writer}`}
        </>
      )}
      {writer && !pullRequest && (
        <>
          committed {when} by {writer}
          {commit && ` in commit ${commit.slice(0, 7)}`}
        </>
      )}
    </>
  );
}

/** What Argo CD synced. */
export function SyncedPart({ release: { desired, synced }, stale }: PartProps) {
  return (
    <StripPart
      title="Argo CD synced"
      testId="version-synced"
      main={
        <>
          {synced?.version && <VersionLabel version={synced.version} />}
          {!synced?.version && (stale || !synced ? 'not known' : 'no version')}{' '}
          {synced && <span>{synced.status}</span>}
        </>
      }
      detail={
        synced?.at && (
          <>
            synced <RelativeTime time={synced.at} unknown="Argo CD does not say when" />
            {synced.version === desired?.version && took(mergedAt(desired), synced.at)}
          </>
        )
      }
      stale={stale}
    />
  );
}

/** What the pods run: one line a version. */
export function RunningPart({ release: { running, synced }, stale }: PartProps) {
  return (
    <StripPart
      title={
        running.length > 0 && running.every(({ neverReady }) => neverReady) ? 'Pods' : 'Pods run'
      }
      testId="version-running"
      main={
        running.length > 0
          ? running.map(({ version, ready, pods, canary, neverReady }) => (
              <div key={`${version} ${canary}`}>
                <VersionLabel version={version} />{' '}
                <span>
                  {canary && 'canary, '}
                  {neverReady && 'not running yet, '}
                  {ready}/{pods} ready
                </span>
              </div>
            ))
          : (stale && 'not known') || 'no pods'
      }
      detail={
        running.length === 1 &&
        running[0].since && (
          <>
            {running[0].neverReady ? 'pods since ' : 'started '}
            <RelativeTime time={running[0].since} unknown="" />
            {!running[0].neverReady &&
              running[0].version === synced?.version &&
              took(synced.at, running[0].since)}
          </>
        )
      }
      stale={stale}
    />
  );
}

/** A word with more behind it, where there is more. */
function MoreOf({ more, children }: { more?: string; children: string }) {
  return more && more !== children ? <Hint text={more}>{children}</Hint> : <>{children}</>;
}

/** The state, and since when. */
export function StatePart({ release, stale }: PartProps) {
  const { state, health, hold, freeze, reasons } = release;
  const reasonOf = (wanted: ReleaseReason['code']) => reasons.find(({ code }) => code === wanted);
  return (
    <StripPart
      title="State"
      testId="release-state"
      stale={stale}
      main={<StateLabel state={state} size={20} />}
      detail={
        <>
          for <ElapsedTime time={stateSince(release)} unknown="Nobody knows since when" />; Argo CD
          says <MoreOf more={health.message}>{health.status}</MoreOf>
          {hold && (
            <div>
              held at <VersionLabel version={hold.version} /> for{' '}
              <ElapsedTime time={hold.since} unknown="Nobody knows since when" />{' '}
              {hold.by !== undefined && (
                <>
                  by <MoreOf more={hold.by}>{personName(hold.by)}</MoreOf>{' '}
                </>
              )}
              <MendAnchor reason={reasonOf('HELD')} />
            </div>
          )}
          {freeze && (
            <div>
              no changes until{' '}
              <time dateTime={freeze.until}>{formatExact(Date.parse(freeze.until))}</time>:{' '}
              {freeze.reason} <MendAnchor reason={reasonOf('FROZEN')} />
            </div>
          )}
        </>
      }
    />
  );
}
