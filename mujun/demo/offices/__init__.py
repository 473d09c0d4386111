"""The province as its offices would mail it: workbooks with habits and slips, corrections, a register of firms."""

from mujun.demo.offices.mail import Mail, Mailing
from mujun.demo.offices.write import write_mail, write_register

__all__ = ["Mail", "Mailing", "write_mail", "write_register"]
