import { useVersionMark } from '../common/useVersionOrder';

/** What a release has to do with a version. */
export type MatrixPresence = 'runs' | 'wants' | 'both' | 'starts';

/** Words for those who cannot see the mark, and for hovering. */
export const presenceText: Record<MatrixPresence, string> = {
  runs: 'runs, Git wants another',
  wants: 'Git wants it, no pod runs it',
  both: 'runs, as Git wants',
  starts: 'has pods that were never ready',
};

/** A full square: it runs. An empty one: Git wants it. A full one with a frame: both. A dot in a frame: it has not started. */
export function MatrixMark(props: {
  presence: MatrixPresence;
  version: string;
  mode: 'light' | 'dark';
}) {
  const { presence, version, mode } = props;
  const { colour } = useVersionMark(version, mode);
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden focusable="false">
      {presence !== 'runs' && (
        <rect
          x="1"
          y="1"
          width="16"
          height="16"
          rx="3"
          fill="none"
          stroke={colour}
          strokeWidth="2"
        />
      )}
      {presence === 'starts' && <circle cx="9" cy="9" r="2.5" fill={colour} />}
      {(presence === 'runs' || presence === 'both') && (
        <rect x="4" y="4" width="10" height="10" rx="1.5" fill={colour} />
      )}
    </svg>
  );
}
