import TextField from '@material-ui/core/TextField';
import { useEffect } from 'react';
import { useClusters } from '../api/useOnboarding';
import { ErrorNotice } from '../components/common/ErrorNotice';
import type { TenantClusterProps } from './fieldSchemas';

/** Where a new tenant runs: one of the clusters that the portal watches, the most used one unless another is chosen. */
export function TenantCluster(props: TenantClusterProps) {
  const {
    formData,
    onChange,
    schema,
    uiSchema,
    required,
    disabled,
    rawErrors = [],
    idSchema,
  } = props;
  const { data, error, refetch } = useClusters();
  const clusters = data ?? [];
  const first = clusters[0]?.name;
  useEffect(() => {
    if (formData === undefined && first !== undefined) onChange(first);
  }, [formData, first, onChange]);
  const isKnown = clusters.some(({ name }) => name === formData);
  const help = () => {
    if (data && formData !== undefined && !isKnown) {
      return `There is no cluster ${formData}: choose another.`;
    }
    if (clusters.length === 1) {
      return `${first} is the only cluster; the platform team can set up more.`;
    }
    return uiSchema['ui:description'] ?? schema.description;
  };
  return (
    <div>
      <TextField
        id={idSchema.$id}
        select
        SelectProps={{ native: true }}
        InputLabelProps={{ shrink: true }}
        label={uiSchema['ui:title'] ?? schema.title ?? 'Cluster'}
        value={formData ?? ''}
        required={required}
        disabled={disabled || (clusters.length < 2 && (isKnown || formData === undefined))}
        fullWidth
        margin="normal"
        // Why a field cannot be changed is to be read as well as the others.
        FormHelperTextProps={{ margin: 'dense', disabled: false, style: { marginLeft: 0 } }}
        error={rawErrors.length > 0 || (data !== undefined && formData !== undefined && !isKnown)}
        helperText={help()}
        onChange={event => onChange(event.target.value || undefined)}
      >
        {formData === undefined && <option value="">Loading…</option>}
        {formData !== undefined && !isKnown && <option value={formData}>{formData}</option>}
        {clusters.map(({ name, tenants }) => (
          <option key={name} value={name}>
            {name} ({tenants === 1 ? '1 tenant' : `${tenants} tenants`})
          </option>
        ))}
      </TextField>
      {error && !data && <ErrorNotice error={error} onRetry={refetch} />}
    </div>
  );
}
