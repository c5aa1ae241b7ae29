import fc from "fast-check";

// The same cases on every run, so that a failure is a change's and not a draw's; FAST_CHECK_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
