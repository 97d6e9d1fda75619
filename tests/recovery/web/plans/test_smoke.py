from .pages import *
import pytest
@pytest.mark.parametrize("name,where",[("draft",()),("phase",("low_impact",)),("phase",("prevention",)),("thresholds",()),("levels",()),("exercises",()),("exercise",("EX28",)),("new_exercise",()),("publish",()),("discard",()),("version",(1,))])
def test_opens(draft, browser, name, where):
    assert browser.get(address(name,*where)).status_code==200
def test_list(draft,browser):
    assert browser.get("/plans/").status_code==200
@pytest.mark.parametrize("phase",["rest","heat_cold","gentle_stretching","low_impact","return_to_running","prevention"])
def test_same(draft,browser,phase):
    from recovery.services.plan_documents import document_of
    a=document_of(draft)
    r=send(browser,address("phase",phase))
    assert r.status_code==302, r.context["form"].errors
    draft.refresh_from_db()
    assert document_of(draft)==a
