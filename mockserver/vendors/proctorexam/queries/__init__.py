"""What ProctorExam asks its tables, a file for each resource."""
