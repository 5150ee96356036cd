"""Who gets in: the token of the account, right, wrong, elsewhere and quoted."""

from contracts.bench import Bench
from contracts.proctorexam.named.asking import ask, judge_refusal, signed
from contracts.proctorexam.register import REGISTER


@REGISTER.contract(
    "proctorexam.token.right",
    "PE-014", "PE-016", "PE-019", "PE-026", "PE-027", "PE-029", "PE-030", "PE-031", "PE-032", "PE-058",
    "PE-064", "PE-240",
    operations=("exams.index",),
    control=True,
)  # fmt: skip
def right_token_and_signature(bench: Bench) -> None:
    """A request made by the rules is let in."""
    answer = ask(bench, signed(bench))
    bench.must(
        (
            "PE-014",
            "PE-016",
            "PE-019",
            "PE-026",
            "PE-027",
            "PE-029",
            "PE-030",
            "PE-031",
            "PE-032",
            "PE-058",
            "PE-064",
        ),
        answer.status == 200,
        "a request signed by the rules to be let in",
    )
    bench.holds("PE-240", isinstance(answer.at("exams"), list), "a list under exams")


@REGISTER.contract("proctorexam.token.wrong", "PE-014", "PE-463", "PE-214")
def wrong_tokens(bench: Bench) -> None:
    """Without a token, with another one or under another scheme nobody gets in."""
    token = bench.credentials["api_token"]
    for value in (None, "", "Token token=", f"Token token={token[:-1]}", "Token token=AAAAAAAAAAAAAAAAAAAAAA",
                  f"Bearer {token}", token, f"Token {token}"):  # fmt: skip
        answer = ask(bench, signed(bench), authorization=value)
        bench.holds("PE-014", answer.refused, "a request without the right token to be refused")
        judge_refusal(bench, answer)


@REGISTER.contract("proctorexam.token.elsewhere", "PE-014", "PE-018")
def token_elsewhere(bench: Bench) -> None:
    """A token as a signed parameter belongs to v2 and does not count here."""
    parameters = signed(bench, api_token=bench.credentials["api_token"])
    answer = ask(bench, parameters, authorization=None)
    bench.holds(("PE-014", "PE-018"), answer.refused, "a token among the parameters alone to be refused")


@REGISTER.contract("proctorexam.token.quoted", "PE-015", "PE-462")
def quoted_token(bench: Bench) -> None:
    """Unquoted as all clients send it, and quoted as Rails takes it."""
    token = bench.credentials["api_token"]
    answer = ask(bench, signed(bench), authorization=f"Token token={token}")
    bench.holds("PE-015", answer.status == 200, "an unquoted token to be let in")
    answer = ask(bench, signed(bench), authorization=f'Token token="{token}"')
    bench.holds("PE-462", answer.status == 200, "a quoted token to be let in")
