import { encode } from 'uqr';

/** Longer ones make squares too small for a phone to read off a screen. */
const MOST_CHARACTERS = 500;
/** As the standard asks for, in squares. */
const QUIET_ZONE = 4;

/** A text as a QR code, drawn here: no image is fetched and no script runs. Nothing when the text is too long for one. */
export const QrCode = ({ text, label }: { readonly text: string; readonly label: string }) => {
  if (text.length > MOST_CHARACTERS) return null;
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#ffffff" />
      <path fill="#000000" d={data.map(rowPath).join('')} />
    </svg>
  );
};

/** One stroke for each run of dark squares. */
const rowPath = (row: readonly boolean[], y: number): string =>
  [
    ...row
      .map((isDark) => (isDark ? '1' : '0'))
      .join('')
      .matchAll(/1+/g),
  ]
    .map(({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`)
    .join('');
