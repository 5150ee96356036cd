"""LTI: tool providers, the resources that lead to them, and identity providers (PE-206, PE-207)."""

from __future__ import annotations

from pydantic import Field

from mockserver.vendors.proctorexam.values import (
    Number,
    Parameters,
    RequiredNumber,
    RequiredString,
    String,
    Switch,
    Text,
)
from mockserver.wire import WireModel


class NewToolProvider(Parameters):
    """Parameters of `tool_providers.create`."""

    tool_name: RequiredString = Field(description="Name of the tool provider.")  # PE-408
    oauth_consumer_key: RequiredString = Field(description="OAuth key for the tool provider.")  # PE-409
    oauth_consumer_secret: RequiredString = Field(description="OAuth secret for the tool provider.")  # PE-410
    institute_id: Number = Field(None, description="Institute it belongs to; for superusers.")  # PE-411
    use_as_basic_link: Switch = Field(None, description="True: basic link; false: deep linking.")  # PE-412
    lti_custom_data: Text = Field(
        None, description="JSON as a string; keys get the prefix custom_ in the LTI request."
    )  # PE-413, PE-196
    tool_url: Text = Field(None, description="URL of the LTI resource of the provider.")  # PE-414


class ToolProviderChanges(Parameters):
    """Parameters of `tool_providers.update`."""

    tool_name: String = Field(None, description="Name of the tool provider.")  # PE-417
    oauth_consumer_key: String = Field(None, description="OAuth key for the tool provider.")  # PE-418
    oauth_consumer_secret: String = Field(None, description="OAuth secret for the tool provider.")  # PE-419
    institute_id: Number = Field(None, description="Institute it belongs to; for superusers.")  # PE-411
    use_as_basic_link: Switch = Field(None, description="True: basic link; false: deep linking.")  # PE-412
    lti_custom_data: Text = Field(
        None, description="JSON as a string; keys get the prefix custom_ in the LTI request."
    )  # PE-420, PE-196
    tool_url: Text = Field(None, description="URL of the LTI resource of the provider.")  # PE-421


class NewLtiResource(Parameters):
    """Parameters of `lti_resources.create`."""

    lti_resource_link_name: RequiredString = Field(description="Name of the resource.")  # PE-348
    exam_id: RequiredNumber = Field(description="Exam to attach to.")  # PE-349, PE-177
    tool_provider_id: RequiredNumber = Field(description="Tool provider to create it from.")  # PE-350
    lti_resource_launch_url: Text = Field(
        None, description="Launch URL, defaults to the tool provider URL."
    )  # PE-351
    open_in_new_tab: Switch = Field(None, description="Open the link in a new tab.")  # PE-352
    lti_custom_data: Text = Field(
        None, description="JSON as a string; defaults to that of the tool provider."
    )  # PE-353


class LtiResourceChanges(Parameters):
    """Parameters of `lti_resources.update`."""

    lti_resource_link_name: String = Field(None, description="Name of the resource.")  # PE-356
    exam_id: Number = Field(None, description="Exam to attach to.")  # PE-357
    tool_provider_id: Number = Field(None, description="Tool provider to create it from.")  # PE-358
    lti_resource_launch_url: Text = Field(None, description="Launch URL.")  # PE-359
    open_in_new_tab: Switch = Field(None, description="Open the link in a new tab.")  # PE-360
    lti_custom_data: Text = Field(None, description="JSON as a string.")  # PE-361


class ToolProvider(WireModel):
    """The 10 fields of a tool provider (PE-206)."""

    id: int
    tool_name: str
    tool_url: str
    oauth_consumer_key: str
    oauth_consumer_secret: str
    institute_id: int
    created_at: str
    updated_at: str
    use_as_basic_link: bool
    lti_custom_data: str


class LtiResource(WireModel):
    """The 11 fields of an LTI resource; the id of the tool provider is a text (PE-207)."""

    id: int
    lti_resource_link_id: str | None
    tool_provider_id: str
    lti_resource_link_name: str
    exam_id: int
    created_at: str
    updated_at: str
    lti_resource_launch_url: str
    lti_custom_data: str
    open_in_new_tab: bool
    placeholder: str


class IdentityProvider(WireModel):
    """The 6 fields of an identity provider (PE-206)."""

    id: int
    name: str
    idp_sso_target_url: str
    issuer: str
    created_at: str
    updated_at: str
