import type UPlot from 'uplot';

/** Stands in for uPlot where there is no canvas. */
export default class ChartStub {
  /** The charts that are on the page now. */
  static readonly charts = new Set<ChartStub>();

  data: UPlot.AlignedData;

  constructor(readonly options: UPlot.Options, data: UPlot.AlignedData) {
    this.data = data;
    ChartStub.charts.add(this);
  }

  setData(data: UPlot.AlignedData) {
    this.data = data;
  }

  setSize() {}

  destroy() {
    ChartStub.charts.delete(this);
  }
}
