/** Height of a chart in pixels. */
export const chartHeight = 170;
