// For the run that finds out which functions the default page needs.
globalThis.__runs = [];
const __seen = new Set();
function __hit(number) {
    if (!__seen.has(number)) {
        __seen.add(number);
        globalThis.__runs.push(number);
    }
}

