{{/* Millicores of an amount of CPU: 250m, 0.5 or 2. */}}
{{- define "quantity.cpu" -}}
{{- $text := toString . -}}
{{- if hasSuffix "m" $text -}}
{{- trimSuffix "m" $text | int64 -}}
{{- else -}}
{{- mulf (float64 $text) 1000 | ceil | int64 -}}
{{- end -}}
{{- end }}

{{/* Bytes of an amount of memory or storage: 64Ki, 128Mi or 1Gi. */}}
{{- define "quantity.bytes" -}}
{{- $text := toString . -}}
{{- $units := dict "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 -}}
{{- mul (regexFind "^[0-9]+" $text | int64) (get $units (regexFind "[KMG]i$" $text) | default 1 | int64) -}}
{{- end }}

{{/* An amount as a whole number that can be compared. Takes a list: resource, amount. */}}
{{- define "quantity.number" -}}
{{- if eq (first .) "cpu" -}}
{{- include "quantity.cpu" (last .) -}}
{{- else -}}
{{- include "quantity.bytes" (last .) -}}
{{- end -}}
{{- end }}

{{/* The opposite: a whole number as an amount, rounded down to what people write. Takes a list: resource, number. */}}
{{- define "quantity.text" -}}
{{- if eq (first .) "cpu" -}}
{{- printf "%dm" (last . | int64) -}}
{{- else -}}
{{- printf "%dMi" (div (last . | int64) 1048576) -}}
{{- end -}}
{{- end }}
