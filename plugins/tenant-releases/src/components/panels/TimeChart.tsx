import type { PanelData, PanelInfo } from '@internal/plugin-tenant-releases-common';
import { useTheme } from '@material-ui/core/styles';
import { useEffect, useMemo, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { alignSeries } from '../../domain/panelSeries';
import { useVersionColours } from '../common/useVersionOrder';
import { chartOptions } from './chartOptions';
import type { NumberedMarker } from './drawMarkers';

/** The values that make another chart; anything else only changes what is drawn on it. */
const shapeOf = ({ series, unit, start, end }: PanelData, colours: readonly string[]) =>
  JSON.stringify([unit, end - start, colours, series.map(({ name, labels }) => [name, labels])]);

/** Lines over time, drawn on a canvas. Charts of the same `syncKey` share their cursor. */
export function TimeChart(props: {
  kind: PanelInfo['kind'];
  data: PanelData;
  syncKey: string;
  onCursor: (time: number | undefined) => void;
  /** Gets the releases that stand on the chart by number, whenever others do. */
  onNumbered: (markers: NumberedMarker[]) => void;
}) {
  const { kind, data, syncKey, onCursor, onNumbered } = props;
  const theme = useTheme();
  const container = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot>();
  const current = useRef({ data, onCursor, onNumbered });
  const columns = useMemo(() => alignSeries(data), [data]);
  const versions = [
    ...data.series.flatMap(({ labels }) => labels.version ?? []),
    ...data.markers.map(({ version }) => version),
  ];
  const shape = shapeOf(data, useVersionColours(versions, theme.palette.type));

  useEffect(() => {
    current.current = { data, onCursor, onNumbered };
  });

  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const options = chartOptions({
      kind,
      theme,
      syncKey,
      width: element.clientWidth,
      getData: () => current.current.data,
      onCursor: time => current.current.onCursor(time),
      onNumbered: markers => current.current.onNumbered(markers),
    });
    const plot = new UPlot(
      options,
      alignSeries(current.current.data) as UPlot.AlignedData,
      element,
    );
    chart.current = plot;
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: options.height }),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = undefined;
    };
  }, [kind, theme, syncKey, shape]);

  useEffect(() => {
    chart.current?.setData(columns as UPlot.AlignedData);
  }, [columns]);

  return <div ref={container} />;
}
