import type { ReleaseMarker } from '@internal/plugin-tenant-releases-common';
import type { Theme } from '@material-ui/core/styles';
import type UPlot from 'uplot';
import { shortVersion } from '../../domain/version';
import { versionMark } from '../../domain/versionMark';
import { secondaryText } from '../../theme/secondaryText';

/** Draws each release as a dashed line in its version's colour, with its name where there is room. */
export function drawMarkers(plot: UPlot, markers: readonly ReleaseMarker[], theme: Theme): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio || 1;
  let freeFrom = bbox.left;
  ctx.save();
  ctx.font = `${10 * ratio}px ${theme.typography.fontFamily}`;
  // uPlot leaves them as its last axis had them.
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  for (const { time, version } of [...markers].sort((a, b) => a.time - b.time)) {
    const x = Math.round(plot.valToPos(time, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    const { colour } = versionMark(version, theme.palette.type);
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.lineWidth = ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.moveTo(x - 4 * ratio, bbox.top - 5 * ratio);
    ctx.lineTo(x + 4 * ratio, bbox.top - 5 * ratio);
    ctx.lineTo(x, bbox.top);
    ctx.fill();
    const label = shortVersion(version);
    const { width } = ctx.measureText(label);
    // To the right of its mark, else to the left; not over the one before.
    const right = x + 6 * ratio;
    const start = right + width <= bbox.left + bbox.width ? right : x - 6 * ratio - width;
    if (start >= freeFrom) {
      ctx.fillStyle = secondaryText(theme);
      ctx.fillText(label, start, bbox.top - 2 * ratio);
      freeFrom = start + width + 6 * ratio;
    }
  }
  ctx.restore();
}
