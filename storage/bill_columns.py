"""The columns of a bill as both a look at an account and a history read them, in one order."""

from storage.tables import bill

FACTS = (
    bill.c.bill_number,
    bill.c.bill_month,
    bill.c.bill_date,
    bill.c.due_date,
    bill.c.previous_reading,
    bill.c.current_reading,
    bill.c.units,
    bill.c.amount,
    bill.c.amount_after_due,
    bill.c.meter_status,
)
# As `models.bill.Charges` has them.
CHARGES = (
    bill.c.fixed_charge,
    bill.c.energy_charge,
    bill.c.electricity_duty,
    bill.c.cess,
    bill.c.water_cess,
    bill.c.urban_cess,
    bill.c.fuel_surcharge,
    bill.c.regulatory_surcharge,
    bill.c.other_charges + bill.c.security_deposit,
    bill.c.tcs,
    bill.c.subsidy,
    bill.c.rebate,
    bill.c.arrears,
)
