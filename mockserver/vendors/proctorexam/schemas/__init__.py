"""The wire of ProctorExam: what requests must hold and what answers hold, a file for each resource."""
