// How a client's program reports: a line for each check, and at its end the count that ./test reads.
let passed = 0;
let failed = 0;

// A client library's error keeps the platform's answer in `data`.
const said = (error) =>
  error?.data
    ? `${error.code} ${JSON.stringify(error.data)}`
    : String(error?.stack ?? error?.message ?? error);

export async function check(name, act) {
  try {
    await act();
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}`);
    for (const line of said(error).split("\n")) console.log(`      ${line}`);
  }
}

/** The last line of the program, which ends here. */
export function conclude() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
