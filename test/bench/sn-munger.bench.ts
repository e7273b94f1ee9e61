import { bench, do_not_optimize } from "mitata";
import { SnMunger } from "../../src/sfu/munger/sn-munger.ts";
import { runBenches } from "../support/run-benches.ts";

bench("SnMunger, one in three dropped", function* () {
  const munger = new SnMunger(0, 0);
  let sn = 0;
  yield () => {
    sn += 1;
    if (sn % 3 === 0) munger.drop(sn);
    else do_not_optimize(munger.mapSn(sn));
  };
}).gc("inner");
await runBenches();
