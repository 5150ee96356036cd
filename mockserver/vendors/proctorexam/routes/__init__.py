"""The operations of ProctorExam, a file for each resource (PE-002)."""
