/** Where the Temporal development server of this test run is: search attributes, queries, schedules, in real time. */
export function testTemporalAddress(): string {
  const address = process.env['PAYONCE_TEST_TEMPORAL_ADDRESS'];
  if (!address) throw new Error('PAYONCE_TEST_TEMPORAL_ADDRESS is not set: run the tests with npm test');
  return address;
}
