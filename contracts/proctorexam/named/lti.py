"""Tool providers, LTI resources and identity providers."""

import json

from contracts.bench import Bench
from contracts.proctorexam import samples
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

CUSTOM = '{"course": "7"}'


@REGISTER.contract(
    "proctorexam.tools.create",
    "PE-206", "PE-398", "PE-400", "PE-401", "PE-402", "PE-403", "PE-405", "PE-406", "PE-407", "PE-408",
    "PE-409", "PE-410",
    "PE-412", "PE-413", "PE-414",
    operations=("tool_providers.create",),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def create(bench: Bench) -> None:
    """A tool provider is created, listed and shown."""
    fields = {
        "tool_name": bench.unique("tool"), "oauth_consumer_key": "key-of-the-run",
        "oauth_consumer_secret": "secret-of-the-run",
        "use_as_basic_link": True, "lti_custom_data": CUSTOM, "tool_url": "https://tool.example.com/launch",
    }  # fmt: skip
    answer = bench.call("POST", "/tool_providers", json_body=fields)
    created = answer.accepted and isinstance(answer.at("tool_provider"), dict)
    bench.must(
        ("PE-406", "PE-407", "PE-405", "PE-409", "PE-410", "PE-412", "PE-413", "PE-414"),
        created,
        "one object under tool_provider",
    )
    made = answer.at("tool_provider") or {}
    bench.holds("PE-408", made.get("tool_name") == fields["tool_name"], "the tool_name that was sent")
    listed = bench.call("GET", "/tool_providers").at("tool_providers")
    bench.holds(
        ("PE-398", "PE-400"),
        isinstance(listed, list) and any(one.get("id") == made.get("id") for one in listed),
        "the tool provider in the list",
    )
    shown = bench.call("GET", f"/tool_providers/{made.get('id')}")
    bench.holds(
        ("PE-401", "PE-402", "PE-403", "PE-206"),
        shown.at("tool_provider") == made,
        "the tool provider to read back",
    )


@REGISTER.contract(
    "proctorexam.tools.required", "PE-235", "PE-408", "PE-409", "PE-410", profile=Profile.STANDARD
)
def required_parameters(bench: Bench) -> None:
    """Name, key and secret are required."""
    for statement, missing in (
        ("PE-408", "tool_name"),
        ("PE-409", "oauth_consumer_key"),
        ("PE-410", "oauth_consumer_secret"),
    ):
        fields = {
            "tool_name": "x",
            "oauth_consumer_key": "key-of-the-run",
            "oauth_consumer_secret": "secret-of-the-run",
        }
        del fields[missing]
        answer = bench.call("POST", "/tool_providers", json_body=fields)
        bench.holds((statement, "PE-235"), answer.status == 422, f"422 without {missing}")


@REGISTER.contract(
    "proctorexam.tools.update",
    "PE-179",
    "PE-412",
    "PE-415",
    "PE-416",
    "PE-417",
    "PE-418",
    "PE-419",
    "PE-420",
    "PE-421",
    profile=Profile.STANDARD,
)
def update(bench: Bench) -> None:
    """PATCH and PUT change what is sent."""
    path = f"/tool_providers/{samples.new_tool_provider(bench)['id']}"
    name = bench.unique("renamed")
    answer = bench.call("PATCH", path, json_body={"tool_name": name})
    bench.holds(
        ("PE-415", "PE-416", "PE-417"), answer.at("tool_provider", "tool_name") == name, "the new name"
    )
    fields = {"oauth_consumer_key": "another-key", "oauth_consumer_secret": "another-secret",
              "lti_custom_data": CUSTOM,
              "tool_url": "https://tool.example.com/", "use_as_basic_link": False}  # fmt: skip
    answer = bench.call("PUT", path, json_body=fields)
    bench.holds(
        ("PE-179", "PE-412", "PE-418", "PE-419", "PE-420", "PE-421"),
        answer.accepted,
        "the other parameters to be taken",
    )


@REGISTER.contract(
    "proctorexam.resources.create",
    "PE-176", "PE-177", "PE-206", "PE-207", "PE-338", "PE-340", "PE-341", "PE-342", "PE-343", "PE-345",
    "PE-346", "PE-347",
    "PE-348", "PE-349", "PE-350", "PE-351", "PE-352", "PE-353",
    operations=("exams.create", "tool_providers.create", "lti_resources.create"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def resource(bench: Bench) -> None:
    """Exam, tool provider, LTI resource and its placeholder in a document: in this order."""
    exam, tool = samples.new_exam(bench), samples.new_tool_provider(bench)
    fields = {
        "lti_resource_link_name": bench.unique("resource"), "exam_id": str(exam["id"]),
        "tool_provider_id": str(tool["id"]),
        "lti_resource_launch_url": "https://tool.example.com/launch", "open_in_new_tab": True,
        "lti_custom_data": CUSTOM,
    }  # fmt: skip
    answer = bench.call("POST", "/lti_resources", json_body=fields)
    created = answer.accepted and isinstance(answer.at("lti_resource"), dict)
    bench.must(
        ("PE-346", "PE-347", "PE-345", "PE-177", "PE-348", "PE-351", "PE-352", "PE-353"),
        created,
        "one object under lti_resource",
    )
    made = answer.at("lti_resource") or {}
    bench.holds(
        ("PE-207", "PE-350"), made.get("tool_provider_id") == str(tool["id"]), "tool_provider_id as text"
    )
    bench.holds(("PE-207", "PE-349"), made.get("exam_id") == exam["id"], "exam_id as a number")
    listed = bench.call("GET", "/lti_resources").at("lti_resources")
    bench.holds(
        ("PE-338", "PE-340"),
        isinstance(listed, list) and any(one.get("id") == made.get("id") for one in listed),
        "the resource in the list",
    )
    shown = bench.call("GET", f"/lti_resources/{made.get('id')}")
    bench.holds(
        ("PE-341", "PE-342", "PE-343", "PE-206"),
        shown.at("lti_resource") == made,
        "the resource to read back",
    )
    content = {"exam_content": f"Go to {{{made.get('placeholder')}}}"}
    document = bench.call("POST", f"/exams/{exam['id']}/documents", json_body=content)
    bench.holds("PE-176", document.accepted, "the placeholder in a document to be taken")


@REGISTER.contract(
    "proctorexam.resources.required", "PE-235", "PE-348", "PE-349", "PE-350", profile=Profile.STANDARD
)
def required_resource_parameters(bench: Bench) -> None:
    """Name, exam and tool provider are required."""
    whole = {
        "lti_resource_link_name": "x",
        "exam_id": samples.exam(bench)["id"],
        "tool_provider_id": samples.tool_provider(bench)["id"],
    }
    for statement, missing in (
        ("PE-348", "lti_resource_link_name"),
        ("PE-349", "exam_id"),
        ("PE-350", "tool_provider_id"),
    ):
        fields = {name: value for name, value in whole.items() if name != missing}
        answer = bench.call("POST", "/lti_resources", json_body=fields)
        bench.holds((statement, "PE-235"), answer.status == 422, f"422 without {missing}")


@REGISTER.contract(
    "proctorexam.resources.update",
    "PE-179",
    "PE-354",
    "PE-355",
    "PE-356",
    "PE-357",
    "PE-358",
    "PE-359",
    "PE-360",
    "PE-361",
    profile=Profile.STANDARD,
)
def update_a_resource(bench: Bench) -> None:
    """PATCH and PUT change what is sent."""
    path = f"/lti_resources/{samples.new_lti_resource(bench)['id']}"
    answer = bench.call("PATCH", path, json_body={"lti_resource_link_name": "Renamed"})
    bench.holds(
        ("PE-354", "PE-355", "PE-356"),
        answer.accepted and isinstance(answer.at("lti_resource"), dict),
        "the new name",
    )
    fields = {"exam_id": samples.exam(bench)["id"], "tool_provider_id": samples.tool_provider(bench)["id"],
              "open_in_new_tab": False,
              "lti_resource_launch_url": "https://tool.example.com/", "lti_custom_data": CUSTOM}  # fmt: skip
    answer = bench.call("PUT", path, json_body=fields)
    bench.holds(
        ("PE-179", "PE-357", "PE-358", "PE-359", "PE-360", "PE-361"),
        answer.accepted,
        "the other parameters to be taken",
    )


@REGISTER.contract(
    "proctorexam.tools.destroy",
    "PE-198",
    "PE-337",
    "PE-422",
    "PE-423",
    "PE-425",
    operations=("tool_providers.destroy",),
    profile=Profile.STANDARD,
)
def destroy(bench: Bench) -> None:
    """A tool provider in use is locked; one that nobody uses is destroyed."""
    exam, tool = samples.new_exam(bench), samples.new_tool_provider(bench)
    samples.new_lti_resource(bench, exam_id=exam["id"], tool_provider_id=tool["id"])
    samples.new_document(bench, exam["id"])
    answer = bench.call("DELETE", f"/tool_providers/{tool['id']}")
    bench.holds(("PE-198", "PE-425"), answer.status == 423, "status 423 while a resource is linked")
    body = {"error": {"open_exam": [[{"id": exam["id"], "name": exam["name"]}]]}}
    bench.holds("PE-198", answer.json == body, f"the body {json.dumps(body)}")
    free = samples.new_tool_provider(bench)
    answer = bench.call("DELETE", f"/tool_providers/{free['id']}")
    bench.holds(("PE-422", "PE-423", "PE-337"), answer.accepted and answer.json == {}, "an empty object")
    bench.holds("PE-422", bench.call("GET", f"/tool_providers/{free['id']}").status == 404, "404 afterwards")


@REGISTER.contract(
    "proctorexam.resources.destroy",
    "PE-226",
    "PE-362",
    operations=("lti_resources.destroy",),
    profile=Profile.STANDARD,
)
def destroy_a_resource(bench: Bench) -> None:
    """A destroyed resource is gone."""
    path = f"/lti_resources/{samples.new_lti_resource(bench)['id']}"
    answer = bench.call("DELETE", path)
    bench.holds(("PE-362", "PE-226"), answer.accepted and answer.json == {}, "an empty object")
    bench.holds("PE-362", bench.call("GET", path).status == 404, "404 afterwards")


@REGISTER.contract(
    "proctorexam.identity.list",
    "PE-206",
    "PE-316",
    "PE-318",
    "PE-078",
    operations=("identity_providers.index",),
    control=True,
)
def identity_providers(bench: Bench) -> None:
    """The identity providers are a list, without paging."""
    answer = bench.call("GET", "/identity_providers")
    bench.must(
        ("PE-316", "PE-318"),
        answer.status == 200 and isinstance(answer.at("identity_providers"), list),
        "a list under identity_providers",
    )
    bench.holds("PE-078", not answer.header("X-Pagination-Limit"), "no paging headers")


@REGISTER.contract("proctorexam.identity.refused", "PE-317", "PE-424", "PE-197", profile=Profile.FULL)
def refusals_of_their_own(bench: Bench) -> None:
    """These pages print 401 where all others print 403; the deletion ends its text otherwise."""
    for method, path, statements, message in (
        ("GET", "/identity_providers", ("PE-317",), b"You are not authorized to access this page."),
        ("GET", "/lti_resources", ("PE-317",), b"You are not authorized to access this page."),
        ("GET", "/lti_resources/1", ("PE-317",), b"You are not authorized to access this page."),
        ("GET", "/tool_providers", ("PE-317",), b"You are not authorized to access this page."),
        ("GET", "/tool_providers/1", ("PE-317",), b"You are not authorized to access this page."),
        (
            "DELETE",
            "/tool_providers/1",
            ("PE-424", "PE-197"),
            b"You are not authorized to access this endpoint",
        ),
    ):
        answer = bench.call(method, path, sign=False)
        if answer.status == 401:
            bench.holds(statements, message in answer.body, f"the message {message.decode()!r}")
        else:
            bench.unclear(
                statements, f"a call without credentials was answered {answer.status}, which is not published"
            )
