{{/* One endpoint of a monitor, with the labels that the portal's queries and the dashboards use. */}}
{{- define "tenant.monitorEndpoint" -}}
port: http
path: /metrics
interval: {{ .Values.metrics.interval }}
scrapeTimeout: 5s
# The pod's own labels "namespace" and "pod" do not replace those of the target.
honorLabels: false
relabelings:
  - sourceLabels: [__meta_kubernetes_pod_label_tenant_releases_io_service]
    targetLabel: service
  - sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_version]
    targetLabel: version
{{- end }}
