import {
  ConstantVariableBuilder,
  DatasourceVariableBuilder,
  VariableHide,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** The Prometheus that the reader chose: a dashboard names no data source, so that it works with any. */
export const metrics = { type: 'prometheus', uid: '${metrics}' };

/** The Loki that the reader chose. */
export const logs = { type: 'loki', uid: '${logs}' };

/** Variables that choose the data sources; the first of each kind unless chosen. */
export const metricsVariable = () =>
  new DatasourceVariableBuilder('metrics').label('Metrics').type('prometheus');
export const logsVariable = () => new DatasourceVariableBuilder('logs').label('Logs').type('loki');

/** The portal's address without a slash at the end, for links. */
export const portalVariable = (url: string) => {
  const variable = new ConstantVariableBuilder('portal').label('Portal').value(url);
  const model = variable.build();
  return { build: () => ({ ...model, hide: VariableHide.HideVariable }) };
};
