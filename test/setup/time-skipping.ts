/** Where the time-skipping server of this test file is. No other file shares it, so none is hit by skipped time. */
export function testTimeSkippingAddress(): string {
  const address = process.env['PAYONCE_TEST_TIMESKIPPING_ADDRESS'];
  if (!address) throw new Error('PAYONCE_TEST_TIMESKIPPING_ADDRESS is not set: run the tests with npm test');
  return address;
}
