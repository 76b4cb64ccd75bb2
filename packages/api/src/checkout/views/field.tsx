import type { Choice } from '../places.js';

/** What every field of a form has. */
interface FieldBase {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly autocomplete: string;
  readonly error?: string | undefined;
  readonly hint?: string;
  /** Not asked for at the moment. */
  readonly hidden?: boolean;
  readonly required?: boolean;
}

export interface TextFieldProps extends FieldBase {
  readonly type?: 'text' | 'email' | 'number';
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly capitalize?: boolean;
}

/** A line to type into, with its label above and what is wrong with it below. */
export const TextField = ({ type = 'text', maxLength, min, max, capitalize = false, ...field }: TextFieldProps) => (
  <div class="field" hidden={field.hidden ?? false} data-field={field.name}>
    <label for={field.name}>{field.label}</label>
    <Input
      type={type}
      typed={{
        ...control(field),
        value: field.value,
        maxLength,
        min,
        max,
        spellcheck: false,
        autocapitalize: capitalize ? 'words' : 'off',
      }}
    />
    <Remarks {...field} />
  </div>
);

interface Typed extends ReturnType<typeof control> {
  readonly value: string;
  readonly maxLength: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly spellcheck: boolean;
  readonly autocapitalize: 'words' | 'off';
}

const Input = ({ type, typed }: { readonly type: 'text' | 'email' | 'number'; readonly typed: Typed }) => {
  switch (type) {
    case 'email':
      return <input {...typed} type="email" />;
    case 'number':
      return <input {...typed} type="number" />;
    case 'text':
      return <input {...typed} type="text" />;
  }
};

export interface SelectFieldProps extends FieldBase {
  readonly choices: readonly Choice[];
  /** What stands there while nothing is chosen. */
  readonly prompt: string;
}

/** A list to choose from. */
export const SelectField = ({ choices, prompt, ...field }: SelectFieldProps) => (
  <div class="field" hidden={field.hidden ?? false} data-field={field.name}>
    <label for={field.name}>{field.label}</label>
    <select {...control(field)}>
      <option value="">{prompt}</option>
      {choices.map(({ code, name }) => (
        <option value={code} selected={code === field.value}>
          {name}
        </option>
      ))}
    </select>
    <Remarks {...field} />
  </div>
);

const control = ({ name, autocomplete, required = false, hidden = false, error, hint }: FieldBase) => ({
  id: name,
  name,
  autocomplete,
  required: required && !hidden,
  'aria-invalid': error === undefined ? undefined : ('true' as const),
  'aria-describedby': describedBy({ name, error, hint }),
});

const describedBy = ({
  name,
  error,
  hint,
}: Pick<FieldBase, 'name' | 'error'> & { readonly hint: string | undefined }): string | undefined => {
  const ids = [error === undefined ? '' : `${name}-error`, hint === undefined ? '' : `${name}-hint`].filter(
    (id) => id !== '',
  );
  return ids.length === 0 ? undefined : ids.join(' ');
};

const Remarks = ({ name, error, hint }: FieldBase) => (
  <>
    {hint !== undefined && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    {error !== undefined && (
      <p class="error" id={`${name}-error`}>
        {error}
      </p>
    )}
  </>
);
