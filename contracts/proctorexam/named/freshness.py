"""A request is good once and now: nonces and timestamps."""

from contracts.bench import Bench
from contracts.proctorexam.auth import new_nonce
from contracts.proctorexam.named.asking import ask, judge_refusal, signed
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

DAY_SECONDS = 24 * 3600


@REGISTER.contract(
    "proctorexam.nonce.fresh", "PE-058", "PE-059", "PE-061", operations=("exams.index",), control=True
)
def fresh_nonces(bench: Bench) -> None:
    """Numbers that were not used before are let in, as seconds, milliseconds or random numbers."""
    for nonce in (new_nonce(), str(bench.clock.now_ms()), new_nonce()[:9]):
        answer = ask(bench, signed(bench, nonce=nonce))
        bench.must(("PE-058", "PE-059", "PE-061"), answer.status == 200, "a fresh nonce to be let in")


@REGISTER.contract("proctorexam.nonce.replayed", "PE-058", "PE-214", "PE-463")
def replays(bench: Bench) -> None:
    """The very same request once more is refused, and so is its nonce in any other request."""
    parameters = signed(bench)
    bench.need(ask(bench, parameters).status == 200, "the first request is not let in")
    answer = ask(bench, parameters)
    bench.holds("PE-058", answer.refused, "the same request once more to be refused")
    judge_refusal(bench, answer)
    answer = ask(bench, signed(bench, nonce=parameters["nonce"]))
    bench.holds("PE-058", answer.refused, "the same nonce signed again to be refused")
    answer = ask(bench, signed(bench, nonce=parameters["nonce"]), path="/student_sessions")
    bench.holds("PE-058", answer.refused, "the same nonce at another operation to be refused")
    for _ in range(20):
        ask(bench, signed(bench))
    answer = ask(bench, signed(bench, nonce=parameters["nonce"]))
    bench.holds("PE-058", answer.refused, "the nonce to be known after twenty other requests")


@REGISTER.contract("proctorexam.nonce.number", "PE-059")
def nonce_is_a_number(bench: Bench) -> None:
    """nonce must be a number: words, signs, decimals, spaces and other digits are refused."""
    for nonce in ("abc", "", "-5", "1.5", "1e9", "0x10", "１２３４５", "1_000", " 12", "1" * 5000):
        answer = ask(bench, signed(bench, nonce=nonce))
        bench.holds("PE-059", answer.refused, f"the nonce {nonce[:12]!r} to be refused")


@REGISTER.contract("proctorexam.nonce.day", "PE-058", profile=Profile.FULL)
def nonce_is_kept_for_a_day(bench: Bench) -> None:
    """A nonce is refused for 24 hours and may be used again afterwards."""
    if bench.admin is None:
        return bench.not_exercised((), "")
    nonce = new_nonce()
    bench.need(ask(bench, signed(bench, nonce=nonce)).status == 200, "the first request is not let in")
    try:
        bench.admin.move_clock(DAY_SECONDS - 60)
        answer = ask(bench, signed(bench, nonce=nonce))
        bench.holds("PE-058", answer.refused, "the nonce to be refused a minute before the 24 hours are over")
        bench.admin.move_clock(2 * DAY_SECONDS)
        answer = ask(bench, signed(bench, nonce=nonce))
        bench.holds("PE-058", answer.status == 200, "the nonce to be let in again after 24 hours")
    finally:
        bench.admin.real_time()
    return None


@REGISTER.contract("proctorexam.timestamp.now", "PE-064", operations=("exams.index",), control=True)
def present_timestamp(bench: Bench) -> None:
    """The time of the request in milliseconds is let in."""
    bench.must(
        "PE-064", ask(bench, signed(bench)).status == 200, "the present time in milliseconds to be let in"
    )


@REGISTER.contract("proctorexam.timestamp.unit", "PE-064", "PE-065", "PE-214", "PE-463")
def other_times(bench: Bench) -> None:
    """Seconds, yesterday and tomorrow are no time of the request."""
    now_ms = bench.clock.now_ms()
    answer = ask(bench, signed(bench, timestamp=str(now_ms // 1000)))
    bench.holds("PE-064", answer.refused, "seconds instead of milliseconds to be refused")
    judge_refusal(bench, answer)
    for offset_seconds in (-DAY_SECONDS, DAY_SECONDS, -3600, 3600):
        answer = ask(bench, signed(bench, timestamp=str(now_ms + offset_seconds * 1000)))
        bench.holds("PE-065", answer.refused, f"a timestamp {offset_seconds} s away to be refused")


@REGISTER.contract("proctorexam.timestamp.window", "PE-065", profile=Profile.FULL)
def edges_of_the_window(bench: Bench) -> None:
    """A few minutes of age and of clock difference are let in, by the tolerance of the mock."""
    if bench.admin is None:
        return bench.not_exercised("PE-065", "the tolerance of a real server is not published")
    bench.admin.change_settings("proctorexam", {"timestamp_tolerance_seconds": 300})
    now_ms = bench.clock.now_ms()
    for offset_seconds, let_in in ((-290, True), (290, True), (-310, False), (310, False)):
        answer = ask(bench, signed(bench, timestamp=str(now_ms + offset_seconds * 1000)))
        right = answer.status == 200 if let_in else answer.refused
        expected = "let in" if let_in else "refused"
        bench.holds("PE-065", right, f"a timestamp {offset_seconds} s away to be {expected}")
    return None


@REGISTER.contract("proctorexam.timestamp.number", "PE-064")
def timestamp_is_a_number(bench: Bench) -> None:
    """timestamp must be a number."""
    now_ms = str(bench.clock.now_ms())
    for value in ("now", "", f"-{now_ms}", f"{now_ms}.0", f"{now_ms[:6]}_{now_ms[6:]}", f"0x{now_ms}", "NaN",
                  "1" * 5000,
                  "2026-01-01T00:00:00Z"):  # fmt: skip
        answer = ask(bench, signed(bench, timestamp=value))
        bench.holds("PE-064", answer.refused, f"the timestamp {value[:24]!r} to be refused")
