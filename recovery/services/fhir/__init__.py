"""A plan version as HL7 FHIR R4: one Bundle with a PlanDefinition, an ActivityDefinition for each exercise, and the
definitions of the three extensions they use. Written from the plan document; nothing here is read back.
"""
