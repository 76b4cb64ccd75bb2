/**
 * Whether a text holds what may be a card number: 13 to 19 digits, spaced or dashed, with a valid check digit. Our pages never ask for one; a buyer who types one into a
 * name field is told, and it goes nowhere.
 */
export const holdsCardDigits = (text: string): boolean =>
  [...text.matchAll(/\d(?:[ -]?\d){12,18}/g)].some(([digits]) => passesLuhn(digits.replace(/\D/g, '')));

function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
