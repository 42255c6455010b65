import { useTheme } from '@material-ui/core/styles';
import type { VersionMark as Mark } from '../../domain/versionMark';
import { useVersionMark } from './useVersionOrder';

const paths: Record<Mark['shape'], string> = {
  circle: 'M5 0.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9Z',
  square: 'M1 1h8v8H1Z',
  diamond: 'M5 0L10 5L5 10L0 5Z',
  triangle: 'M5 0.5L10 9.5H0Z',
};

/** {@link VersionMark} for those that know the theme: rows of a long table. */
export function VersionGlyph({ version, mode }: { version: string; mode: 'light' | 'dark' }) {
  const { colour, shape } = useVersionMark(version, mode);
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden focusable="false">
      <path d={paths[shape]} fill={colour} />
    </svg>
  );
}

/** The small mark of a version; the version itself always stands beside it. */
export function VersionMark({ version }: { version: string }) {
  return <VersionGlyph version={version} mode={useTheme().palette.type} />;
}
