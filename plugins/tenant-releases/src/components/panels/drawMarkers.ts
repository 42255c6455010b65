import type { ReleaseMarker } from '@internal/plugin-tenant-releases-common';
import type { Theme } from '@material-ui/core/styles';
import type UPlot from 'uplot';
import { layoutMarkers } from '../../domain/markerLabels';
import { shortVersion } from '../../domain/version';
import { versionMark } from '../../domain/versionMark';
import { secondaryText } from '../../theme/secondaryText';

/** A release that stands on the chart by number. */
export interface NumberedMarker {
  number: number;
  marker: ReleaseMarker;
}

/** Pixels that labels take above the lines. */
export const markerHeight = 18;
const fontSize = 10;
/** Pixels from the edge of a number's frame to the number. */
const framePadding = 4;

/**
 * Draws each release as a line in its version's colour with its name where there is room, the newest first, else with a
 * number.
 *
 * @returns what the numbers stand for, from 1
 */
export function drawMarkers(
  plot: UPlot,
  markers: readonly ReleaseMarker[],
  theme: Theme,
): NumberedMarker[] {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio || 1;
  const shown = markers
    .map(marker => ({
      marker,
      place: plot.valToPos(marker.time, 'x', true),
      colour: versionMark(marker.version, theme.palette.type).colour,
    }))
    .filter(({ place }) => place >= bbox.left && place <= bbox.left + bbox.width)
    .map(({ place, ...each }) => ({ ...each, x: Math.round(place) }))
    .sort((a, b) => b.marker.time - a.marker.time);
  ctx.save();
  // uPlot clips to the plot and leaves its last axis' settings.
  ctx.font = `${fontSize * ratio}px ${theme.typography.fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ctx.lineWidth = ratio;
  for (const { x, colour } of shown) {
    ctx.strokeStyle = colour;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  // Places are found in CSS pixels: a label has the same room on every screen.
  const widthOf = (text: string) => ctx.measureText(text).width / ratio;
  const labels = layoutMarkers(
    shown.map(({ x, marker }) => ({
      x: x / ratio,
      width: widthOf(shortVersion(marker.version)),
    })),
    { left: bbox.left / ratio, right: ctx.canvas.width / ratio },
    text => widthOf(text) + 2 * framePadding,
  );
  const middle = bbox.top - (markerHeight / 2) * ratio;
  for (const { lines, numbers, left, width } of labels) {
    const { marker, x, colour } = shown[lines[0]];
    // A number of several is nobody's own.
    ctx.strokeStyle = lines.length > 1 ? secondaryText(theme) : colour;
    if (numbers === undefined) {
      ctx.fillStyle = colour;
      ctx.beginPath();
      ctx.moveTo(x - 4 * ratio, bbox.top - 6 * ratio);
      ctx.lineTo(x + 4 * ratio, bbox.top - 6 * ratio);
      ctx.lineTo(x, bbox.top);
      ctx.fill();
      ctx.fillStyle = secondaryText(theme);
      ctx.fillText(shortVersion(marker.version), left * ratio, middle);
    } else {
      const height = (markerHeight - 3) * ratio;
      ctx.strokeRect(left * ratio, middle - height / 2, width * ratio, height);
      ctx.fillStyle = secondaryText(theme);
      ctx.fillText(numbers, (left + framePadding) * ratio, middle);
    }
  }
  ctx.restore();
  return labels
    .flatMap(({ lines, numbers }) => (numbers === undefined ? [] : lines))
    .map((line, index) => ({ number: index + 1, marker: shown[line].marker }));
}
